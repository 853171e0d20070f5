namespace Armature.Validation.Lookups;

/// <summary>What the rules of one object ask.</summary>
internal interface ILookups
{
    /// <exception cref="LookupNotFoundException">The lookup is not registered here.</exception>
    ValueTask<(LookupAnswer Answer, string? Failure)> FindAsync<TValue>(Lookup<TValue> lookup, TValue value, CancellationToken cancellationToken)
        where TValue : notnull;
}
