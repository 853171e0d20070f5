namespace Armature.TestSilo;

/// <summary>What came of a parcel. The next version tells more.</summary>
[GenerateSerializer, Immutable, Alias("armature.test-silo.weighed-parcel")]
public sealed record WeighedParcel
{
    /// <summary>Which parcel it was.</summary>
    [Id(0)] public required int Number { get; init; }

    /// <summary>The version that weighed it: 1, or 2 of the next.</summary>
    [Id(1)] public required int Version { get; init; }

#if NEXT
    /// <summary>The unit; a caller of the version before does not see it.</summary>
    [Id(2)] public string Unit { get; init; } = "kg";
#endif
}
