import numpy as np
a = np.arange(12).reshape(3,4)
b = np.arange(24).reshape(2,3,4)
f = (np.arange(20).reshape(4,5)/7).astype(np.float32)[:3,:4]
u8 = np.array([1,200,255],dtype=np.uint8)
i8 = np.array([1,-100],dtype=np.int8)
i32 = np.array([1,2,3,4],dtype=np.int32)
f16 = np.array([1.5,2],dtype=np.float16)
bo = np.array([[True,False],[True,True]])
def if_any(x):
    if x: return 1
def seeded():
    np.random.seed(7)
    x=np.arange(6); np.random.shuffle(x)
    l=[1,2,3,4]; np.random.shuffle(l)
    y=np.arange(8).reshape(4,2); np.random.shuffle(y)
    return x,l,y,np.random.rand(),np.random.randint(3),np.random.uniform(),np.random.normal(),np.random.choice([1,2,3])
def sorted_in_place():
    x=np.array([[3,1,2],[9,8,7]]); x.sort(); return x
def assign1():
    x=np.zeros((2,3)); x[0]=1; x[1,1:]=[5,6]; return x
def assign2():
    x=np.arange(6); x[x>2]=0; x[[0,1]]=9; return x
def assign3():
    x=np.zeros(3); x[0]=[1,2]; return x
def assign4():
    x=np.zeros((2,3)); x[:]=[1,2]; return x
def assign5():
    x=np.zeros((2,3)); x[:,[0,2]]=[[1,2],[3,4]]; return x
def assign6():
    x=np.zeros(3,int); x[0]=2.7; return x
def assign7():
    x=np.zeros((3,3)); x[range(3),range(3)]=1; x[np.array([0,1]),np.array([2,2])]=[7,8]; return x
def assign8():
    x=np.zeros(3); x[5]=1; return x
def assign9():
    x=np.zeros((2,2)); x[x==0]=[1,2,3]; return x
def inplace1():
    x=np.arange(3.); y=x; y+=1; x*=2; return x,y
def inplace2():
    x=np.arange(3); x+=0.5; return x
def inplace3():
    x=np.arange(4); x[1:3]*=10; x[x>15]-=1; return x
def inplace4():
    x=np.zeros(3); x+=np.ones((2,3)); return x
def views():
    x=np.arange(6); y=x[1:4]; y[0]=100; z=x.reshape(2,3); z[1,2]=-1; return x,y,z
def views2():
    x=np.zeros((2,2)); x.T[0,1]=5; r=x[0]; r[:]=7; return x
def for_iter():
    r=[]
    for row in a: r.append(row.sum())
    return r
def unpack():
    x,y=np.array([1,2]); (p,q,z)=a; return x,y,p
def zipit():
    return [x+y for x,y in zip(np.arange(3),np.arange(3.))]
def enum():
    return list(enumerate(np.array([5.5,6])))
def cmp_chain():
    return 0 < np.float64(0.5) < 1
def dict_key():
    d={}
    d[np.int64(1)]=2; d[np.float64(1.0)]=3
    return d, d[1]
def out_test():
    x=np.zeros(3); r=np.add([1,2,3],1,out=x); np.multiply(x,2,x); return x, r is x
def del_test():
    x=np.zeros(3); del x[0]
def setrow():
    x=np.zeros((3,2)); x[1]=[1,2]; x[2,:]=7; x[0]=np.array([3,4]); return x
def setcol():
    x=np.zeros((3,2),dtype=int); x[:,0]=[1,2,3]; x[:,1]=np.arange(3); return x
def setmask():
    x=np.arange(6).reshape(2,3); x[x%2==0]=-1; x[:,1][x[:,1]>0]=9; return x
def setfancy():
    x=np.zeros((2,3)); x[[0,1],[1,2]]=5; x[[0],:]+=1; return x
def addat():
    x=np.zeros(3); np.add.at(x,[0,0,2],1); x[[0,0,1]]+=1; return x
def swap_rows():
    x=np.arange(4).reshape(2,2); x[[0,1]]=x[[1,0]]; x[0],x[1]=x[1].copy(),x[0].copy(); return x
def mask_row():
    x=np.arange(6.).reshape(2,3); x[0][x[0]>1]=0; return x
def state_test():
    r=np.random.RandomState(0); r.randn(); s=r.get_state(); p=r.rand(2),r.randn(2); r.set_state(s); q=r.rand(2),r.randn(2); return (p[0]==q[0]).all() and (p[1]==q[1]).all()
def print_and_return(x):
    print(x); return x.shape
