using Armature.Validation.Lookups;

namespace Armature.Validation;

/// <summary>What the records share that are checked together.</summary>
/// <param name="Settings">How they are checked.</param>
/// <param name="Places">Asynchronous rules that run at once, over all of them.</param>
/// <param name="Desk">Where their lookups go.</param>
internal sealed record RecordRun(ValidationSettings Settings, SemaphoreSlim Places, ILookupDesk Desk);
