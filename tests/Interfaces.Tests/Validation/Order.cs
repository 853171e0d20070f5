namespace Armature.Validation;

internal sealed record Order(string? Email = "a@b.example", int Amount = 1, string? Password = null, string? Repeated = null)
{
    public Address? Address { get; init; }

    public IReadOnlyList<Item?>? Items { get; init; }

    public string[]? Tags { get; init; }

    public Order? Previous { get; init; }
}

internal sealed record Address(string? City, IReadOnlyList<Item?>? Items = null);

internal sealed record Item(string? Name, decimal Price);
