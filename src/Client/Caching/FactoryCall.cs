namespace Armature.Caching;

/// <summary>Calls the factory of a user, who may have forgotten something.</summary>
internal static class FactoryCall
{
    /// <summary>Ends when the token does, whether the factory heeds it or not: others are to make its keys then.</summary>
    /// <exception cref="InvalidOperationException">The factory gave null.</exception>
    public static async Task<IReadOnlyDictionary<string, TValue>> RunAsync<TValue>(
        Func<IReadOnlyList<string>, CancellationToken, Task<IReadOnlyDictionary<string, TValue>>> factory,
        IReadOnlyList<string> keys,
        CancellationToken cancellationToken)
    {
        var making = factory(keys, cancellationToken) ?? throw GaveNull();
        return await making.WaitAsync(cancellationToken).ConfigureAwait(false) ?? throw GaveNull();
    }

    private static InvalidOperationException GaveNull() =>
        new("The factory gave null in place of its values. Let it give a dictionary with a value for every key that it is asked for; for a key that there is nothing for, the value may be null.");
}
