namespace Armature.Testing.Storage;

/// <summary>What goes wrong with a call to a record store.</summary>
public enum RecordFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It fails before it did anything.</summary>
    FailsBefore,

    /// <summary>It does what was asked, and the answer is lost.</summary>
    FailsAfter,

    /// <summary>It does nothing, and answers nothing until it is cancelled.</summary>
    Hangs,
}
