using System.Linq.Expressions;

namespace Armature.Validation;

/// <summary>
/// All rules of a set as one compiled method, that says whether an object keeps them: most do, and then nothing else is needed. One that
/// does not is checked rule by rule for what there is to say.
/// </summary>
internal sealed class QuickCheck<T>
{
    // Null when some rules cannot be written as an expression.
    private readonly Func<T, bool>? _areKept;

    public QuickCheck(RuleStep<T>[] steps)
    {
        var instance = Expression.Parameter(typeof(T));
        var written = Array.ConvertAll(steps, step => step.Write(instance));
        if (Array.TrueForAll(written, static step => step is not null))
        {
            _areKept = Expression.Lambda<Func<T, bool>>(written.Aggregate((Expression)Expression.Constant(true), Expression.AndAlso!), instance).Compile();
        }
    }

    /// <summary>True when all are kept. When one throws, or there is no method, they are not known to be.</summary>
    public bool AreKept(T value)
    {
        try
        {
            return _areKept?.Invoke(value) ?? false;
        }
#pragma warning disable CA1031 // the check rule by rule meets it again, and says whose it is
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
