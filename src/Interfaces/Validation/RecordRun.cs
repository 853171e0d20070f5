namespace Armature.Validation;

/// <summary>What the records share that are checked together.</summary>
/// <param name="Settings">How they are checked.</param>
/// <param name="Places">Asynchronous rules that run at once, over all of them.</param>
internal sealed record RecordRun(ValidationSettings Settings, SemaphoreSlim Places);
