namespace Armature.Validation.Lookups;

/// <summary>Where the questions of many records go, each value of them once.</summary>
internal interface ILookupDesk
{
    /// <exception cref="LookupNotFoundException">The lookup is not registered here.</exception>
    Task<LookupReply> FindAsync<TValue>(Lookup<TValue> lookup, IReadOnlyList<TValue> values, CancellationToken cancellationToken)
        where TValue : notnull;
}
