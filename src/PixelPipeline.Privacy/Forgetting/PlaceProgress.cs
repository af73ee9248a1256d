namespace PixelPipeline.Privacy.Forgetting;

/// <summary>How far an erasure has got in one place, over all of its runs.</summary>
public sealed class PlaceProgress
{
    /// <summary>Records that were found.</summary>
    public long Records { get; set; }

    /// <summary>About how large they are.</summary>
    public long Bytes { get; set; }

    /// <summary>Tables, partitions or files that they were in.</summary>
    public int Containers { get; set; }

    /// <summary>Of the records, how many may still be there.</summary>
    public long Left { get; set; }

    /// <summary>Notes what a search found: what was known to be left is not counted twice.</summary>
    public void Note(Holding found)
    {
        if (found.Records > Left)
        {
            var share = (found.Records - Left) / (double)found.Records;
            Records += found.Records - Left;
            Bytes += (long)(found.Bytes * share);
            Containers = Math.Max(Containers, found.Containers);
        }

        Left = found.Records;
    }
}
