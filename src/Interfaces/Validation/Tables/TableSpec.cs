namespace Armature.Validation.Tables;

/// <summary>A table schema as it was read. Fields are named by their places.</summary>
/// <param name="Fields">The fields.</param>
/// <param name="Match">How the fields are found in a file.</param>
/// <param name="PrimaryKey">The fields that name a row; empty when there is no such key.</param>
/// <param name="UniqueKeys">Fields whose values together must be unique.</param>
/// <param name="References">Fields whose values must be elsewhere.</param>
internal sealed record TableSpec(FieldSpec[] Fields, FieldsMatch Match, int[] PrimaryKey, int[][] UniqueKeys, ReferenceSpec[] References);

/// <summary>A foreign key as it was read.</summary>
/// <param name="Fields">The places of the fields.</param>
/// <param name="Resource">The other table's name; empty for the table itself.</param>
/// <param name="Targets">The names of the fields there.</param>
internal sealed record ReferenceSpec(int[] Fields, string Resource, string[] Targets);
