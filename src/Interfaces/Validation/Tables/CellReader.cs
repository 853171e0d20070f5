using System.Reflection;

namespace Armature.Validation.Tables;

/// <summary>Reads cells as values of a type.</summary>
internal abstract class CellReader
{
    /// <summary>Whether cells can be read as values of this type: texts, enums, and what <see cref="ISpanParsable{TSelf}"/> reads.</summary>
    public static bool CanRead(Type type)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        return inner == typeof(string) || inner.IsEnum || (inner.IsValueType && IsParsable(inner));
    }

    /// <summary>Reads a cell; false when it is not one of the type.</summary>
    public abstract bool TryRead(ReadOnlySpan<byte> cell);

    private static bool IsParsable(Type type) =>
        Array.Exists(type.GetInterfaces(), contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(ISpanParsable<>) && contract.GetGenericArguments()[0] == type);
}

/// <inheritdoc/>
internal sealed class CellReader<TValue>(bool mayBeNull) : CellReader
{
    private readonly Parser<TValue> _parse = (Parser<TValue>)CellParsers.Of(typeof(TValue));

    /// <summary>What was read last.</summary>
    public TValue Value = default!;

    public override bool TryRead(ReadOnlySpan<byte> cell)
    {
        if (cell.Length > 0 || (!mayBeNull && typeof(TValue) == typeof(string)))
        {
            return _parse(cell, out Value!);
        }

        Value = default!;
        return mayBeNull;
    }
}
