namespace PixelPipeline.Dashboard.Charts;

/// <summary>Which bars have a label, so that no two of them touch: at most ten across a wide chart, four on a phone.</summary>
internal static class Labels
{
    private const int MostWide = 10;

    /// <summary>The label of each bar, counted from the newest.</summary>
    /// <param name="bars">How many there are.</param>
    /// <param name="mayHave">Which bars may have one.</param>
    public static LabelSize[] For(int bars, Func<int, bool> mayHave)
    {
        var may = Enumerable.Range(0, bars).Where(mayHave).ToList();
        var step = Math.Max((may.Count + MostWide - 1) / MostWide, 1);
        var labels = new LabelSize[bars];
        for (var i = 0; i < may.Count; i++)
        {
            var fromEnd = may.Count - 1 - i;
            labels[may[i]] = fromEnd % (step * 3) == 0 ? LabelSize.Any : fromEnd % step == 0 ? LabelSize.Wide : LabelSize.None;
        }

        return labels;
    }
}
