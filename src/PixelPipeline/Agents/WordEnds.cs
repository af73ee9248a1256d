namespace PixelPipeline.Agents;

/// <summary>Where in a word a marker must stand. A word ends where no letter follows, and begins where no letter and no digit precedes.</summary>
[Flags]
internal enum WordEnds : byte
{
    /// <summary>Anywhere.</summary>
    None = 0,

    /// <summary>At a word's beginning.</summary>
    Start = 1,

    /// <summary>At a word's end.</summary>
    End = 2,

    /// <summary>The whole word.</summary>
    Both = Start | End,
}
