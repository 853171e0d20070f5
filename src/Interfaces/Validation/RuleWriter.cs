using System.Linq.Expressions;

namespace Armature.Validation;

/// <summary>Writes rules as expressions that set a bit where one is broken, and counts them. Used once.</summary>
internal sealed class RuleWriter<T>
{
    public const int MostRules = 64;

    /// <summary>The rules written, in their order, and how each reads its value.</summary>
    public List<(RuleText Text, Func<T, object?> Read)> Rules { get; } = [];

    public ParameterExpression Instance { get; } = Expression.Parameter(typeof(T));

    public ParameterExpression Broken { get; } = Expression.Variable(typeof(ulong));

    /// <summary>The expression that sets the bit of another rule.</summary>
    public Expression Break(RuleText rule, Func<T, object?> read)
    {
        var bit = 1UL << Rules.Count;
        Rules.Add((rule, read));
        return Expression.OrAssign(Broken, Expression.Constant(bit));
    }
}
