using System.Globalization;
using System.Text;

namespace PixelPipeline.Benchmarks.Events;

/// <summary>The requests by which Eventarc delivers the log entries of pixel hits, each entry another one.</summary>
/// <param name="users">How many users the hits come from, in turn.</param>
/// <param name="entryBytes">Entries are padded to this size, in a field that the pipeline does not read; 0 for none.</param>
internal sealed class PushedEntry(int users, int entryBytes)
{
    private static readonly DateTime Start = new(2026, 11, 28, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The bytes of the request with a number, header and body.</summary>
    public byte[] Request(int number)
    {
        var time = Start.AddTicks(number * 10L).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(Entry(number, time)));
        var id = 9_000_000_000_000_000 + number;
        var body = string.Create(CultureInfo.InvariantCulture, $$"""
            {"message":{"data":"{{data}}","attributes":{"logging.googleapis.com/timestamp":"{{time}}"},"messageId":"{{id}}","message_id":"{{id}}","publishTime":"{{time}}","publish_time":"{{time}}"},"subscription":"projects/local/subscriptions/eventarc-pixel-sub-1"}
            """);
        return Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n"
            + $"User-Agent: APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)\r\nce-specversion: 1.0\r\nce-id: {id}\r\n"
            + $"ce-type: google.cloud.pubsub.topic.v1.messagePublished\r\nce-source: //pubsub.googleapis.com/projects/local/topics/pixel\r\nce-time: {time}\r\n\r\n{body}"));
    }

    private string Entry(int number, string time)
    {
        var entry = string.Create(CultureInfo.InvariantCulture, $$$"""
            {"insertId":"1x{{{number}}}hf2q4g","logName":"projects/local/logs/requests","severity":"INFO","timestamp":"{{{time}}}","receiveTimestamp":"{{{time}}}","resource":{"type":"http_load_balancer","labels":{"backend_service_name":"","forwarding_rule_name":"pixel-https","project_id":"local","target_proxy_name":"pixel-https","url_map_name":"pixel","zone":"global"}},"spanId":"5a1cbb0b32f41c33","trace":"projects/local/traces/7dcd32ac8a3ebeba1e6a8bd36b10cb4a","httpRequest":{"requestMethod":"GET","requestUrl":"https://track.example.com/pixel.png?user_id=user{{{number % users}}}&type=click&order_id=ix.{{{number}}}.&page=https%3A%2F%2Fshop.example.com%2Fcart%3Fstep%3D2&title=Your+cart","requestSize":"512","status":200,"responseSize":"361","userAgent":"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36","remoteIp":"203.0.113.{{{number % 250}}}","referer":"https://shop.example.com/cart?step=2","cacheHit":true,"cacheLookup":true,"latency":"0.001204s","protocol":"HTTP/2"},"jsonPayload":{"@type":"type.googleapis.com/google.cloud.loadbalancing.type.LoadBalancerLogEntry","cacheId":"FRA-1a2b3c4d","remoteIp":"203.0.113.{{{number % 250}}}","statusDetails":"response_from_cache"}}
            """);
        return entry.Length >= entryBytes ? entry : $"{entry[..^1]},\"labels\":{{\"padding\":\"{new string('x', entryBytes - entry.Length)}\"}}}}";
    }
}
