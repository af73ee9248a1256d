using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PixelPipeline.Soak.Oracle;

/// <summary>The log entry of an event, as Cloud Logging publishes it.</summary>
internal static class EntryText
{
    private const string Pixel = "https://track.example.com/pixel.png";

    public static byte[] Of(SoakEvent e) => e.Kind == EventKind.NoJson
        ? Encoding.UTF8.GetBytes($"{{\"order\": {e.Marker} this is no JSON \u0001")
        : JsonSerializer.SerializeToUtf8Bytes(Entry(e));

    private static Dictionary<string, object?> Entry(SoakEvent e)
    {
        var entry = new Dictionary<string, object?>
        {
            ["logName"] = "projects/local/logs/requests",
            ["jsonPayload"] = Payload(e),
        };
        if (e.Kind is not (EventKind.NotARequest or EventKind.CollectedEvent))
        {
            entry["httpRequest"] = Request(e);
        }

        if (e.InsertId is not null)
        {
            entry["insertId"] = e.InsertId;
        }

        if (e.Kind != EventKind.NoTimestamp)
        {
            entry["timestamp"] = e.Time.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture) + e.Nanoseconds.ToString("000", CultureInfo.InvariantCulture) + "Z";
        }

        return entry;
    }

    private static Dictionary<string, object?> Payload(SoakEvent e) => e.Kind switch
    {
        EventKind.ParentInsertId => new() { ["parentInsertId"] = "1a2b" },
        EventKind.NotARequest => new() { ["note"] = e.Marker },
        EventKind.CollectedEvent => new()
        {
            ["event"] = new Dictionary<string, object?>
            {
                ["user_id"] = e.User.Id,
                ["type"] = e.Type,
                ["order_id"] = e.Marker,
                ["amount"] = e.Index,
                ["unlisted"] = "x",
            },
        },
        _ => new() { ["statusDetails"] = "response_sent_by_backend" },
    };

    private static Dictionary<string, object?> Request(SoakEvent e)
    {
        var request = new Dictionary<string, object?>
        {
            ["requestMethod"] = e.Kind == EventKind.OtherMethod ? "POST" : "GET",
            ["requestUrl"] = Url(e),
            ["status"] = 200,
            ["userAgent"] = e.Kind == EventKind.CdnUserAgent ? "Cloud-CDN-Google (GFE/2.0)" : "Mozilla/5.0 (X11; Linux x86_64)",
            ["remoteIp"] = "203.0.113.7",
        };
        if (e.Kind == EventKind.RefusedByBigQuery)
        {
            request["referer"] = "https://example.com/"; // the table of the run has an INTEGER there
        }

        return request;
    }

    private static string Url(SoakEvent e)
    {
        var order = $"order_id={e.Marker}";
        var rest = $"type={Uri.EscapeDataString(e.Type)}&amount={e.Index.ToString(CultureInfo.InvariantCulture)}&unlisted=x";
        var user = $"user_id={Uri.EscapeDataString(e.User.Id)}";
        return e.Kind switch
        {
            EventKind.EncodedHit => $"{Pixel}?&&amp;user%5Fid={Uri.EscapeDataString(e.User.Id)}&user_id=second&{order}&%zz=%&{rest}#fragment",
            EventKind.OtherPath => $"https://track.example.com/other.png?{user}&{order}",
            EventKind.NoAttributes => $"{Pixel}#{e.Marker}",
            EventKind.UnreadableUrl => $"javascript:{e.Marker}",
            EventKind.MissingUser => $"{Pixel}?{order}&{rest}",
            EventKind.EmptyUser => $"{Pixel}?user_id=&{order}&{rest}",
            EventKind.BadAmount => $"{Pixel}?{user}&{order}&amount=12x",
            EventKind.LongValue => $"{Pixel}?{user}&{order}&type={new string('x', 8_193)}",
            _ => $"{Pixel}?{user}&{order}&{rest}",
        };
    }
}
