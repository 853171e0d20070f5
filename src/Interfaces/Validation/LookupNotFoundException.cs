namespace Armature.Validation;

/// <summary>A rule asks for a lookup that is not registered where it runs.</summary>
[GenerateSerializer, Alias("armature.validation.lookup-not-found-exception")]
public sealed class LookupNotFoundException : ArmatureException
{
    /// <summary>Creates the exception.</summary>
    public LookupNotFoundException(string lookup, Type values)
        : base($"There is no lookup '{lookup}' for {values}. Register it with AddLookup on every silo; where rules run elsewhere, give {nameof(ValidationSettings)}.{nameof(ValidationSettings.Services)}.") =>
        Lookup = lookup;

    /// <summary>The name that was asked for.</summary>
    [Id(0)]
    public string Lookup { get; }
}
