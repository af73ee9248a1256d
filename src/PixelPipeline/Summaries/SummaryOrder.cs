namespace PixelPipeline.Summaries;

/// <summary>The one order of a summary's rows: date, path, keys.</summary>
internal static class SummaryOrder
{
    public static int Compare(SummaryRow a, SummaryRow b)
    {
        var order = a.Date.CompareTo(b.Date);
        order = order != 0 ? order : string.CompareOrdinal(a.Path, b.Path);
        for (var i = 0; order == 0 && i < a.Keys.Count; i++)
        {
            order = string.CompareOrdinal(a.Keys[i], b.Keys[i]);
        }

        return order;
    }
}
