namespace Armature.Validation.Tables;

/// <summary>A bound that is ready to compare with.</summary>
/// <param name="At">The bound.</param>
/// <param name="Lowest">The least sign that comparing a value with it may give.</param>
/// <param name="Highest">The highest sign.</param>
/// <param name="Rule">The rule that is broken otherwise.</param>
internal readonly record struct Bound<T>(T At, int Lowest, int Highest, int Rule)
{
    /// <summary>Whether a value that compares so keeps it.</summary>
    public bool Allows(int order) => order >= Lowest && order <= Highest;
}
