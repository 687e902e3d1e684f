leaf = 'green'
