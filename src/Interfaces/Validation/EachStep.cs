namespace Armature.Validation;

/// <summary>The rules of each element of a collection.</summary>
/// <param name="text">The collection's name, and what is said when it lies too deep or cannot be read.</param>
/// <param name="read">Reads it; null has no elements, and elements that are null have no rules to keep.</param>
/// <param name="rules">The rules of one element.</param>
/// <param name="isAsync">Whether they may be asynchronous.</param>
internal sealed class EachStep<T, TItem>(RuleText text, Func<T, IEnumerable<TItem>?> read, Func<RuleSet<TItem>> rules, bool isAsync) : RuleStep<T>
{
    public override bool IsAsync => isAsync;

    public override void Run(T instance, Walk walk, PathFrame? at)
    {
        foreach (var (index, item) in Read(instance, walk, at))
        {
            rules().Run(item, walk, new(at, text.Field, index));
        }
    }

    public override async ValueTask RunAsync(T instance, Walk walk, PathFrame? at)
    {
        foreach (var (index, item) in Read(instance, walk, at))
        {
            walk.CancellationToken.ThrowIfCancellationRequested();
            await rules().RunAsync(item, walk, new(at, text.Field, index)).ConfigureAwait(false);
        }
    }

    private IReadOnlyList<(int Index, TItem Item)> Read(T instance, Walk walk, PathFrame? at) =>
        Attempt.TryCall(ReadAll, instance, text, walk, at, out var items) && items.Count > 0 && walk.CanGoDeeper(text, at) ? items : [];

    // Read to the end first: what throws halfway is a failure of the collection.
    private IReadOnlyList<(int Index, TItem Item)> ReadAll(T instance) => [.. (read(instance) ?? []).Index().Where(static item => item.Item is not null)];
}
