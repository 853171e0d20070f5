using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;

namespace Armature.Validation.Tables;

/// <summary>
/// How the rows of a file become objects, compiled once for the columns of a file. Made for <see cref="RuleSet{T}"/> over files; each
/// thread reads with a <see cref="RowBinder{T}"/> of its own. Thread-safe.
/// </summary>
/// <remarks>
/// Objects are made by their only public constructor, or by that without parameters, or by the longest of several. Its parameters, and
/// the properties that can be set beside them, are found by the names of columns, whatever the case of their letters and whatever
/// spaces, hyphens and underscores there are between. Columns that nothing is called by are not read.
/// </remarks>
internal sealed class RowPlan<T>
{
    private readonly RowMember[] _members;
    private readonly Func<CellReader[], T> _make;

    private RowPlan(RowMember[] members, Func<CellReader[], T> make, int columns)
    {
        _members = members;
        _make = make;
        Columns = columns;
    }

    /// <summary>How many columns the file has.</summary>
    public int Columns { get; }

    /// <summary>The names of the columns that a file would have that has one for all that can be read: those of properties in camel case.</summary>
    public static string[] AllColumns() => [.. RowMember.Of<T>().Select(static member => JsonNamingPolicy.CamelCase.ConvertName(member.Name))];

    /// <summary>Makes a plan.</summary>
    /// <param name="header">The file's columns.</param>
    /// <exception cref="TableHeaderException">Something that an object needs has no column, or more than one; or no column is called as anything.</exception>
    /// <exception cref="ArgumentException">Objects of the type cannot be made of texts.</exception>
    public static RowPlan<T> Create(IReadOnlyList<string> header)
    {
        ArgumentNullException.ThrowIfNull(header);
        List<string> violations = [];
        List<RowMember> found = [];
        foreach (var member in RowMember.Of<T>())
        {
            var columns = Enumerable.Range(0, header.Count).Where(column => RowMember.Simplify(header[column]) == RowMember.Simplify(member.Name)).ToArray();
            if (columns.Length > 1)
            {
                violations.Add($"Columns {columns[0] + 1} ({header[columns[0]]}) and {columns[1] + 1} ({header[columns[1]]}) are both {member.Name}.");
            }
            else if (columns.Length == 0 && member.IsNeeded)
            {
                violations.Add($"Column {JsonNamingPolicy.CamelCase.ConvertName(member.Name)} is missing.{SpecNode.NearestTo(member.Name, header)}");
            }

            found.Add(member with { Column = columns.Length == 0 ? -1 : columns[0] });
        }

        if (!found.Exists(static member => member.Column >= 0))
        {
            violations.Add($"No column is called as a property of {typeof(T).Name}. Known are {string.Join(", ", AllColumns())}.");
        }

        return violations.Count == 0 ? new([.. found], Compile([.. found]), header.Count) : throw new TableHeaderException([.. violations]);
    }

    /// <summary>The rules that reading can break: those of the form of records, then for each column that is read, from left to right, that it can be, and last that the object can be made.</summary>
    /// <param name="maxRecordBytes">The most bytes of a record, for the message of that rule.</param>
    /// <param name="maxCellBytes">The most bytes of a cell, for the message of that rule.</param>
    public TableRule[] Rules(long maxRecordBytes, long maxCellBytes)
    {
        var read = _members.Where(static member => member.Column >= 0).OrderBy(static member => member.Column);
        return
        [
            .. FaultRules.Of(Columns, maxRecordBytes, maxCellBytes),
            .. read.Select(static member => new TableRule(member.Column, member.Field, ValidationCodes.Unreadable, $"{member.Field} cannot be read as {member.Says}.")),
            new(-1, null, ValidationCodes.Unreadable, $"{typeof(T).Name} cannot be made of the row: its constructor throws."),
        ];
    }

    /// <summary>A binder for one thread.</summary>
    public RowBinder<T> CreateBinder()
    {
        var readers = Array.ConvertAll(_members, static member => member.CreateReader());
        var read = _members.Index().Where(static at => at.Item.Column >= 0).OrderBy(static at => at.Item.Column);
        return new([.. read.Select(at => (at.Item.Column, readers[at.Index]))], readers, _make);
    }

    private static Func<CellReader[], T> Compile(RowMember[] members)
    {
        var readers = Expression.Parameter(typeof(CellReader[]), "readers");
        var values = members.Select((member, place) => (member, Value: ValueOf(readers, member, place))).ToArray();
        var constructor = RowMember.ConstructorOf<T>();
        var made = Expression.New(constructor, values.Where(static value => value.member.Parameter is not null).Select(static value => value.Value));
        var set = values.Where(static value => value.member is { Parameter: null, Column: >= 0 }).Select(static value => Expression.Bind(value.member.Property!, value.Value));
        return Expression.Lambda<Func<CellReader[], T>>(Expression.MemberInit(made, set), readers).Compile();
    }

    private static Expression ValueOf(ParameterExpression readers, RowMember member, int place)
    {
        if (member.Column < 0)
        {
            return member.Parameter is { HasDefaultValue: true, DefaultValue: { } otherwise } ? Expression.Constant(otherwise, member.Type) : Expression.Default(member.Type);
        }

        var reader = typeof(CellReader<>).MakeGenericType(member.Type);
        return Expression.Field(Expression.Convert(Expression.ArrayIndex(readers, Expression.Constant(place)), reader), nameof(CellReader<int>.Value));
    }
}
