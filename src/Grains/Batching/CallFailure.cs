namespace Armature.Batching;

/// <summary>What a call that failed says of its silo, and of the items that were in it.</summary>
internal enum CallFailure
{
    /// <summary>The silo lives, and was reached: the failure is the call's own.</summary>
    Own,

    /// <summary>The silo lives and refused the call: nothing of it has run.</summary>
    Refused,

    /// <summary>The call never reached its silo, which is gone or does not answer: nothing of it has run.</summary>
    NotReached,

    /// <summary>The silo is gone, and what was in the call may have been running.</summary>
    Died,
}
