using System.Collections.Immutable;
using System.Globalization;
using PixelPipeline.Events;
using PixelPipeline.Forgetting;
using PixelPipeline.Logs;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline;

/// <summary>
/// Takes one log entry to what becomes of it. Pure: the same entry gives the same outcome, and any bytes give one.
/// Safe for concurrent use.
/// </summary>
public sealed class PixelProcessor
{
    private static readonly ImmutableArray<EntryOutcome> Ignored = [.. Enum.GetValues<IgnoredReason>().Select(r => new EntryOutcome.Ignored(r))];

    private readonly EventRowBuilder _rows;
    private readonly TableLayout _layout;
    private readonly HitRule _hits;
    private readonly ForgottenUsers _forgotten;

    /// <summary>Sets a processor up.</summary>
    /// <param name="schema">What may be collected.</param>
    /// <param name="layout">Which table an event goes to.</param>
    /// <param name="pixelPath">The pixel's path, such as <c>/pixel.png</c>; compared byte by byte, as requests spell it.</param>
    /// <param name="forgotten">Whose entries are ignored; null for nobody's, as for live hits.</param>
    public PixelProcessor(EventSchema schema, TableLayout layout, string pixelPath, ForgottenUsers? forgotten = null)
    {
        _forgotten = forgotten ?? ForgottenUsers.None;
        _rows = new EventRowBuilder(schema);
        _layout = layout;
        _hits = new HitRule(pixelPath);
    }

    /// <summary>Processes a log entry as Cloud Logging publishes it.</summary>
    /// <param name="entry">The message's bytes: any.</param>
    /// <returns>Never <see cref="RejectedReason.InvalidRow"/>, which only BigQuery finds.</returns>
    public EntryOutcome Process(ReadOnlySpan<byte> entry)
    {
        if (LogEntryJson.TryRead(entry, out var logEntry))
        {
            return Process(in logEntry);
        }

        return !_forgotten.IsEmpty && UserNames.InEntry(entry).Any(_forgotten.Contains) ? Ignore(IgnoredReason.Forgotten) : UnreadableEntry(entry);
    }

    /// <summary>Processes an entry that a reader of any access-log format made.</summary>
    /// <param name="entry">The entry.</param>
    public EntryOutcome Process(in LogEntry entry)
    {
        var outcome = ProcessAnybodys(in entry);
        return !_forgotten.IsEmpty && IsForgotten(outcome, in entry) ? Ignore(IgnoredReason.Forgotten) : outcome;
    }

    private EntryOutcome ProcessAnybodys(in LogEntry entry)
    {
        if (!entry.Event.IsEmpty)
        {
            return ToRow(in entry, query: default);
        }

        if (entry.RequestUrl.IsEmpty)
        {
            return Ignore(entry.IsForgotten ? IgnoredReason.Forgotten : IgnoredReason.NotARequest);
        }

        if (HitRule.FindReason(entry.IsCdnInternal, entry.RequestMethod) is { } reason)
        {
            return Ignore(reason);
        }

        if (entry.IsUrlCut)
        {
            return Ignore(IgnoredReason.CutUrl);
        }

        return PixelUrl.TryParse(entry.RequestUrl, out var url)
            ? ProcessUrl(in entry, url)
            : new EntryOutcome.Rejected(entry.EventId.MakeEventId(), RejectedReason.UnreadableUrl, null, "The request URL is not an absolute http or https URL, or is too long.");
    }

    private EntryOutcome ProcessUrl(in LogEntry entry, PixelUrl url)
    {
        if (!_hits.IsPixel(url))
        {
            return Ignore(IgnoredReason.OtherPath);
        }

        return url.Query.IsEmpty ? Ignore(IgnoredReason.NoAttributes) : ToRow(in entry, url.Query);
    }

    private bool IsForgotten(EntryOutcome outcome, in LogEntry entry) => outcome switch
    {
        EntryOutcome.Written { Row: var row } => row[UserNames.Attribute] is { } user && _forgotten.Contains(Convert.ToString(user, CultureInfo.InvariantCulture)!),
        EntryOutcome.Rejected => UserNames.In(in entry).Any(_forgotten.Contains),
        _ => false,
    };

    private static EntryOutcome Ignore(IgnoredReason reason) => Ignored[(int)reason];

    private EntryOutcome ToRow(in LogEntry entry, ReadOnlySpan<byte> query) =>
        _rows.Build(in entry, query, out var rejected) is { } row
            ? new EntryOutcome.Written(row, _layout.TableOf(row))
            : rejected!;

    private static EntryOutcome.Rejected UnreadableEntry(ReadOnlySpan<byte> entry) =>
        new(EventId.OfBytes(entry), RejectedReason.UnreadableEntry, null, "The message is not a JSON object with a readable timestamp.");
}
