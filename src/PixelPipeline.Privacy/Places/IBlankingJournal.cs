namespace PixelPipeline.Privacy.Places;

/// <summary>Remembers which bytes of a file are being overwritten: who is killed in the middle of it finishes it the next time, whatever is left to be read there.</summary>
public interface IBlankingJournal
{
    /// <summary>Takes note, on the disk, before the bytes are overwritten.</summary>
    void Begin(BlankedRanges ranges);

    /// <summary>All of them are overwritten, and on the disk.</summary>
    void Finish();
}
