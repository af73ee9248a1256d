using PixelPipeline.Writing;

namespace PixelPipeline.Dashboard.Pages;

/// <summary>What to mend so that entries of a kind become events; docs/rejected.md says more.</summary>
internal static class WhatToMend
{
    private static readonly Dictionary<string, string> Known = new Dictionary<RejectedReason, string>
    {
        [RejectedReason.UnreadableEntry] = "Something that is no log entry was published to the topic. Find what publishes there besides the log sink.",
        [RejectedReason.UnreadableUrl] = "A scanner sent a request that is no URL. There is nothing to mend.",
        [RejectedReason.MissingRequired] = "A page or mail leaves the column out, or a field of its template was empty. Mend the page that the entry names as its referer, or make the column NULLABLE in the schema and replay.",
        [RejectedReason.InvalidValue] = "The value does not fit the column's type, or is over 8,192 bytes. Mend the sender, or widen the type in the schema and replay.",
        [RejectedReason.BadSignature] = "Hits must be signed, and this one is not, or not for what it says. Sign the address anew with the key of today, or let the stranger be.",
        [RejectedReason.InvalidRow] = "The table has other columns than the pipeline writes. Start the pipeline with the schema of the tables, which adds missing columns, and replay.",
    }.ToDictionary(r => r.Key.ToLabel(), r => r.Value);

    /// <summary>What to mend for a reason; null for one that a newer pipeline has.</summary>
    public static string? Of(string reason) => Known.GetValueOrDefault(reason);
}
