using Armature.Validation.Tables;

namespace Armature.Validation.Files;

/// <summary>Keys of a table that are compared with each other.</summary>
/// <param name="Number">The set's number, which every key carries.</param>
/// <param name="Family">Sets of one family share keys: those that are wanted, and those that are there.</param>
/// <param name="Kind">What is asked of them.</param>
/// <param name="Rule">The place of the rule that they may break.</param>
/// <param name="Columns">Where their values are in a row.</param>
/// <param name="KeepsMissing">Whether a missing value is one like others.</param>
internal sealed record FileKeySet(int Number, int Family, KeySetKind Kind, int Rule, int[] Columns, bool KeepsMissing)
{
    /// <summary>All sets of a table by their numbers: those that must be unique, then for each reference what is wanted and what is there.</summary>
    public static FileKeySet[] Of(TableProgram program)
    {
        var sets = new List<FileKeySet>();
        foreach (var key in program.Keys)
        {
            sets.Add(new(sets.Count, sets.Count, KeySetKind.Unique, key.Rule, key.Columns, key.IsWholeWithoutValue));
        }

        foreach (var reference in program.References)
        {
            var family = sets.Count;
            sets.Add(new(family, family, KeySetKind.Wanted, reference.Rule, reference.Columns, false));
            sets.Add(new(family + 1, family, KeySetKind.Present, reference.Rule, reference.Columns, false));
        }

        return [.. sets];
    }
}
