using System.Buffers;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace Armature.Validation.Tables;

/// <summary>Reads a cell as a value.</summary>
internal delegate bool Parser<TValue>(ReadOnlySpan<byte> cell, out TValue value);

/// <summary>Makes the parsers of cells: as the invariant culture reads, which is how <see cref="TextRuleExtensions"/> reads texts too.</summary>
internal static class CellParsers
{
    private const int MostOnStack = 256; // Characters.

    /// <summary>A <see cref="Parser{TValue}"/> for a type that <see cref="CellReader.CanRead"/>.</summary>
    public static Delegate Of(Type type)
    {
        if (type == typeof(string))
        {
            return (Parser<string>)ReadText;
        }

        var inner = Nullable.GetUnderlyingType(type);
        var method = (inner ?? type).IsEnum
            ? inner is null ? nameof(ReadEnum) : nameof(ReadNullableEnum)
            : inner is null ? nameof(ReadValue) : nameof(ReadNullable);
        return typeof(CellParsers).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(inner ?? type)
            .CreateDelegate(typeof(Parser<>).MakeGenericType(type));
    }

    private static bool ReadText(ReadOnlySpan<byte> cell, out string value)
    {
        value = Encoding.UTF8.GetString(cell);
        return true;
    }

    private static bool ReadValue<TValue>(ReadOnlySpan<byte> cell, out TValue value)
        where TValue : struct, ISpanParsable<TValue>
    {
        var rented = cell.Length > MostOnStack ? ArrayPool<char>.Shared.Rent(cell.Length) : null;
        var room = rented ?? stackalloc char[MostOnStack];
        var isRead = TValue.TryParse(room[..Encoding.UTF8.GetChars(cell, room)], CultureInfo.InvariantCulture, out value);
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return isRead;
    }

    private static bool ReadNullable<TValue>(ReadOnlySpan<byte> cell, out TValue? value)
        where TValue : struct, ISpanParsable<TValue>
    {
        var isRead = ReadValue(cell, out TValue read);
        value = read;
        return isRead;
    }

    // By its names; their numbers are the program's own business.
    private static bool ReadEnum<TValue>(ReadOnlySpan<byte> cell, out TValue value)
        where TValue : struct, Enum
    {
        value = default;
        return char.IsLetter((char)cell[0]) && Enum.TryParse(Encoding.UTF8.GetString(cell), ignoreCase: true, out value);
    }

    private static bool ReadNullableEnum<TValue>(ReadOnlySpan<byte> cell, out TValue? value)
        where TValue : struct, Enum
    {
        var isRead = ReadEnum(cell, out TValue read);
        value = read;
        return isRead;
    }
}
