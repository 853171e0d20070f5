using Armature.Validation;

namespace Armature.TestSilo;

/// <summary>Rules for parcels, with a lookup that knows even numbers.</summary>
public static class ParcelRules
{
    public const string Name = "parcel";

    private static readonly TimeSpan CallTime = TimeSpan.FromMilliseconds(20);

    public static Lookup<int> Numbers { get; } = new("numbers", FindAsync);

    public static RuleSet<Parcel> All { get; } = RuleSet.For<Parcel>().Field(parcel => parcel.Number, f => f.Positive().MustExistIn(Numbers));

    private static async ValueTask<IReadOnlySet<int>> FindAsync(IReadOnlyCollection<int> numbers, CancellationToken cancellationToken)
    {
        await Task.Delay(CallTime, TimeProvider.System, cancellationToken);
        return numbers.Where(static number => number % 2 == 0).ToHashSet();
    }
}
