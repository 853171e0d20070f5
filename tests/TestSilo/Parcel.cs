namespace Armature.TestSilo;

/// <summary>A thing to be weighed. The next version knows more of it.</summary>
[GenerateSerializer, Immutable, Alias("armature.test-silo.parcel")]
public sealed record Parcel
{
    /// <summary>Which parcel it is.</summary>
    [Id(0)] public required int Number { get; init; }

#if NEXT
    /// <summary>Where it is from; null from a caller of the version before.</summary>
    [Id(1)] public string? Origin { get; init; }
#endif
}
