using Armature.Validation.Lookups;

namespace Armature.Validation.Files;

/// <summary>A row of a file that rules in code check. Not written by a serializer: rows become records on the silo.</summary>
internal sealed record Shipment(string Name, int Amount, string? Country, int? Pin)
{
    public static Lookup<string> Countries { get; } = new("known-countries", static (values, _) => new(values.Where(static value => value != "xx").ToHashSet()));

    /// <summary>Rules that only compute.</summary>
    public static RuleSet<Shipment> Computed { get; } = RuleSet.For<Shipment>()
        .Self(f => f.Must(static row => row.Amount != 3, "never_three"))
        .Field(static row => row.Name, f => f.NotEmpty().MaxLength(4))
        .Field(static row => row.Amount, f => f.Max(5).WithMessage("{Value} is too many").Max(4).WithCode("many").WithSeverity(ValidationSeverity.Warning))
        .Field(static row => row.Pin, f => f.Named("code").Max(9).Sensitive())
        .Each(static row => row.Letters, f => f.NotEqual('b'));

    /// <summary>The same with rules that wait.</summary>
    public static RuleSet<Shipment> Awaited { get; } = Computed
        .Field(static row => row.Country, f => f.MustExistIn(Countries))
        .Field(static row => row.Name, f => f.MustAsync(
            static async (name, _) =>
            {
                await Task.Yield();
                return name != "abc";
            },
            "taken"));

    public IEnumerable<char> Letters => Name;
}
