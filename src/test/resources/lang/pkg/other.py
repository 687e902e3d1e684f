O = 'o'
