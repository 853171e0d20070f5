namespace Armature.Chaos;

/// <summary>One act of a schedule.</summary>
/// <param name="After">The pause before it.</param>
/// <param name="Act">What is done.</param>
/// <param name="Choice">Chooses the silo or the batch, by its remainder.</param>
internal sealed record ChaosStep(TimeSpan After, ChaosAct Act, int Choice);
