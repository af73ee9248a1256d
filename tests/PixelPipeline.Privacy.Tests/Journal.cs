using PixelPipeline.Privacy.Places;

namespace PixelPipeline.Privacy.Tests;

/// <summary>Remembers what was begun and ended.</summary>
internal sealed class Journal : IBlankingJournal
{
    public List<BlankedRanges> Begun { get; } = [];

    public int Ended { get; private set; }

    public void Begin(BlankedRanges ranges) => Begun.Add(ranges);

    public void Finish() => Ended++;
}
