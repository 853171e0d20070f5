namespace Armature.Caching;

/// <summary>One step of a random test: a call through some silo, or something that happens to one.</summary>
internal sealed record RoutingStep(RoutingAct Act, int Silo, string[] Keys, long Milliseconds);
