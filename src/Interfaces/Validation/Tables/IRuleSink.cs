namespace Armature.Validation.Tables;

/// <summary>Is told which rules a cell breaks.</summary>
internal interface IRuleSink
{
    /// <summary>A rule is broken.</summary>
    /// <param name="rule">The rule's place in <see cref="TableProgram.Rules"/>.</param>
    void Break(int rule);
}
