using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PixelPipeline.Events;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.Cli.Doctor;

/// <summary>A hit that can be told from all others: of the user <c>pixel-doctor</c>, with a random mark in one column.</summary>
internal sealed class MarkedHit
{
    /// <summary>Whose hits they are.</summary>
    public const string UserId = "pixel-doctor";

    private readonly PixelProcessor _processor;
    private TableLayout _layout;

    private MarkedHit(Uri pixel, EventSchema schema, PixelProcessor processor, TableLayout layout, DateTimeOffset sentAt)
    {
        _processor = processor;
        _layout = layout;
        SentAt = sentAt;
        Mark = "doctor" + RandomNumberGenerator.GetHexString(20, lowercase: true);
        Column = MarkColumnOf(schema);
        Url = new Uri($"{pixel.GetLeftPart(UriPartial.Path)}?{Query(schema)}");
    }

    /// <summary>The mark: letters and digits.</summary>
    public string Mark { get; }

    /// <summary>The column that holds it: <c>order_id</c>, or where there is none another attribute.</summary>
    public string Column { get; }

    /// <summary>What is fetched.</summary>
    public Uri Url { get; }

    /// <summary>When it was made, just before it is sent.</summary>
    public DateTimeOffset SentAt { get; }

    /// <summary>Makes a hit.</summary>
    /// <param name="pixel">The pixel's address.</param>
    /// <param name="schema">Says which attributes there are, and which the hit has to have.</param>
    /// <param name="processor">Says what becomes of it.</param>
    /// <param name="layout">Says where its row goes.</param>
    /// <param name="time">Gives the time of sending.</param>
    /// <exception cref="CommandException">A hit at this address would be no event.</exception>
    public static MarkedHit Create(Uri pixel, EventSchema schema, PixelProcessor processor, TableLayout layout, TimeProvider time)
    {
        var hit = new MarkedHit(pixel, schema, processor, layout, time.GetUtcNow());
        return hit.OutcomeAt(hit.SentAt) switch
        {
            EntryOutcome.Written => hit,
            EntryOutcome.Ignored { Reason: IgnoredReason.OtherPath } => throw new CommandException($"{pixel.AbsolutePath} is not the pixel's path: name it with --url or --pixel-path."),
            EntryOutcome.Rejected rejected => throw new CommandException($"A test hit would be rejected: {rejected.Message}"),
            var other => throw new CommandException($"A test hit would be no event: {other}"),
        };
    }

    /// <summary>Has its row looked for in the tables of a layout.</summary>
    public void GoTo(TableLayout layout) => _layout = layout;

    /// <summary>The tables that the row may be in: of the instant of sending, of now, and the overflow tables.</summary>
    public IEnumerable<TableName> TablesAt(DateTimeOffset now) =>
        ((DateTimeOffset[])[SentAt, now]).SelectMany(t => (TableName[])[_layout.TableOf(((EntryOutcome.Written)OutcomeAt(t)).Row), _layout.OverflowOf(t.UtcDateTime)]).Distinct();

    private EntryOutcome OutcomeAt(DateTimeOffset instant) => _processor.Process(JsonSerializer.SerializeToUtf8Bytes(new
    {
        insertId = Mark,
        timestamp = instant.UtcDateTime,
        httpRequest = new { requestMethod = "GET", requestUrl = Url.AbsoluteUri, userAgent = UserId, referer = UserId, remoteIp = "127.0.0.1" },
    }));

    private static string MarkColumnOf(EventSchema schema)
    {
        var texts = schema.Columns.Where(c => c.Type == ColumnType.String && schema.IsAttribute(c.Name)).Select(c => c.Name).ToList();
        return texts.Find(c => c == "order_id") ?? texts.Find(c => c != "user_id") ?? texts.FirstOrDefault()
            ?? throw new CommandException("--schema has no attribute of type STRING that could hold a mark.");
    }

    private string Query(EventSchema schema)
    {
        var query = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"{Column}={Mark}"));
        foreach (var column in schema.Columns.Where(c => c.Name != Column && schema.IsAttribute(c.Name) && (c.IsRequired || c.Name == "user_id")))
        {
            query.Append(CultureInfo.InvariantCulture, $"&{column.Name}={ValueFor(column.Type)}");
        }

        return query.ToString();
    }

    private static string ValueFor(ColumnType type) => type switch
    {
        ColumnType.String => UserId,
        ColumnType.Boolean => "false",
        ColumnType.Timestamp => "1970-01-01T00:00:00Z",
        ColumnType.Date => "1970-01-01",
        _ => "0",
    };
}
