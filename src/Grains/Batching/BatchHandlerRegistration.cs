namespace Armature.Batching;

/// <summary>A handler as it was registered.</summary>
internal sealed record BatchHandlerRegistration(
    string Name,
    Type HandlerType,
    Type ItemType,
    Type ResultType,
    Type RunnerType,
    BatchHandlerOptions Options);
