namespace Armature.Processes;

/// <summary>What a frame between a silo and one of its child processes says.</summary>
public enum FrameKind : byte
{
    /// <summary>Child to silo, once and first: it is warm and takes requests. Request id 0.</summary>
    Ready = 1,

    /// <summary>Silo to child: do this.</summary>
    Request = 2,

    /// <summary>Child to silo: the answer to the request of the same id.</summary>
    Response = 3,

    /// <summary>Child to silo: the request of the same id failed and the child is well. See <see cref="RequestFailure"/>.</summary>
    Failure = 4,

    /// <summary>Silo to child: nobody waits for the request of this id any more. It is answered all the same.</summary>
    Cancel = 5,

    /// <summary>Child to silo: it wants so many requests at a time from now on (four bytes, little-endian). Request id 0.</summary>
    Capacity = 6,
}
