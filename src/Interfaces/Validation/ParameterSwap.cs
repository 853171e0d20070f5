using System.Linq.Expressions;

namespace Armature.Validation;

/// <summary>Puts another object into an expression in place of its parameter.</summary>
internal sealed class ParameterSwap(ParameterExpression parameter, Expression other) : ExpressionVisitor
{
    protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? other : node;
}
