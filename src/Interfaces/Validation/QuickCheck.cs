using System.Linq.Expressions;

namespace Armature.Validation;

/// <summary>
/// Leading rules of a set as one compiled method, that says whether an object keeps them all: most do, and then nothing else is needed.
/// One that does not is checked rule by rule for what there is to say.
/// </summary>
internal sealed class QuickCheck<T>
{
    private readonly Func<T, bool>? _areKept;

    public QuickCheck(RuleStep<T>[] steps)
    {
        var instance = Expression.Parameter(typeof(T));
        var written = steps.Select(step => step.Write(instance)).TakeWhile(static step => step is not null).ToArray();
        Count = written.Length;
        if (Count > 0)
        {
            _areKept = Expression.Lambda<Func<T, bool>>(written.Aggregate((all, next) => Expression.AndAlso(all!, next!))!, instance).Compile();
        }
    }

    /// <summary>How many steps it covers, from the first.</summary>
    public int Count { get; }

    /// <summary>True when all of them are kept. When one throws they are not known to be.</summary>
    public bool AreKept(T value)
    {
        try
        {
            return _areKept?.Invoke(value) ?? true;
        }
#pragma warning disable CA1031 // the check rule by rule meets it again, and says whose it is
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
