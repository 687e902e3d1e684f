# The MLP and the CNN of bench/scripts in PyTorch.  torch_nets.py mlp|cnn STEPS THREADS
import sys
import time
import torch
from torch import nn

which, steps = sys.argv[1], int(sys.argv[2])
torch.set_num_threads(int(sys.argv[3]))
torch.manual_seed(0)
X = torch.randn(1000, 784)
Y = torch.randint(0, 10, (1000,))
if which == 'mlp':
    net = nn.Sequential(nn.Linear(784, 500), nn.ReLU(), nn.Linear(500, 10))
else:
    net = nn.Sequential(
        nn.Unflatten(1, (1, 28, 28)),
        nn.Conv2d(1, 32, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(3136, 512), nn.ReLU(), nn.Linear(512, 10))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
entropy = nn.CrossEntropyLoss()
rates = []
for part in range(4):
    began = time.perf_counter()
    for i in range(steps):
        s = i % 10 * 100
        optimizer.zero_grad()
        entropy(net(X[s:s + 100]), Y[s:s + 100]).backward()
        optimizer.step()
    rates.append(steps / (time.perf_counter() - began))
print('steps/s %.2f' % max(rates[1:]))
