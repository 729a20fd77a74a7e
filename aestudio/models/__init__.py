"""Networks: plain ``nn.Module`` classes and the registry that names them."""
