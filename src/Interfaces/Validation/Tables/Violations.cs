namespace Armature.Validation.Tables;

/// <summary>Collects what is wrong with a schema.</summary>
internal sealed class Violations
{
    private const int Most = 100; // Enough to work on; a message of all could have the size of the schema.

    private readonly List<TableSchemaViolation> _found = [];

    public bool Any => _found.Count > 0;

    /// <summary>Whether more would not be told.</summary>
    public bool IsFull => _found.Count >= Most;

    public void Add(string pointer, string message)
    {
        if (!IsFull)
        {
            _found.Add(new(pointer, message));
        }
    }

    public void ThrowIfAny()
    {
        if (Any)
        {
            throw new TableSchemaException([.. _found]);
        }
    }
}
