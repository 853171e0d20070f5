namespace Armature.Validation.Tables;

/// <summary>How the fields of a schema and the columns of a file belong together.</summary>
internal enum FieldsMatch
{
    /// <summary>The same, in the same order.</summary>
    Exact,

    /// <summary>The same, in any order.</summary>
    Equal,

    /// <summary>All fields have a column; there may be other columns.</summary>
    Subset,

    /// <summary>All columns have a field; there may be other fields.</summary>
    Superset,

    /// <summary>At least one column has a field.</summary>
    Partial,
}
