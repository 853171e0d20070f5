using Armature.Validation;

namespace Examples.Validation;

/// <summary>Registered on the silos: <c>builder.Services.AddLookup(SaleRules.Customers).AddRuleSet("sale", SaleRules.All)</c>.</summary>
public static class SaleRules
{
    public static Lookup<int> Customers { get; } = new("customers", FindCustomersAsync);

    public static RuleSet<Sale> All { get; } = RuleSet.For<Sale>().Field(s => s.CustomerId, f => f.Positive().MustExistIn(Customers));

    private static async ValueTask<IReadOnlySet<int>> FindCustomersAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken)
    {
        await Task.Yield(); // One query: SELECT id FROM customers WHERE id = ANY(@ids).
        return ids.Where(id => id < 100).ToHashSet();
    }
}
