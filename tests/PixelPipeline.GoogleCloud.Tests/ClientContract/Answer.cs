using System.Net.Sockets;
using System.Text;

namespace PixelPipeline.GoogleCloud.Tests.ClientContract;

/// <summary>What the scripted server does once it has read a request.</summary>
public sealed class Answer(string name, Func<Socket, Stream, CancellationToken, Task<bool>> send)
{
    internal static readonly Answer Reset = new("reset", (socket, _, _) =>
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
        return Task.FromResult(false);
    });

    internal static readonly Answer Close = new("closed without answer", (_, _, _) => Task.FromResult(false));

    internal static readonly Answer Truncated = new("truncated 200", async (_, stream, stop) =>
    {
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"kind\""u8.ToArray(), stop);
        return false;
    });

    internal static readonly Answer Never = new("no answer", async (_, _, stop) =>
    {
        await Task.Delay(Timeout.Infinite, stop);
        return false;
    });

    internal static readonly Answer Inserted = Json(200, """{"kind":"bigquery#tableDataInsertAllResponse"}""");

    internal Task<bool> SendAsync(Socket socket, Stream stream, CancellationToken stop) => send(socket, stream, stop);

    public override string ToString() => name;

    internal static Answer Json(int status, string body) => Of(status, "application/json; charset=UTF-8", body);

    internal static Answer Html(int status) => Of(status, "text/html", "<html><title>Error</title></html>");

    /// <summary>An error in the shape of https://cloud.google.com/bigquery/docs/error-messages.</summary>
    internal static Answer Error(int status, string reason) => Json(
        status,
        $$$"""{"error":{"code":{{{status}}},"message":"said why","errors":[{"message":"said why","domain":"global","reason":"{{{reason}}}"}],"status":"X"}}""");

    /// <summary>An error that says when to come again, as <c>Retry-After: 7</c>; further lines may follow.</summary>
    internal static Answer RetryAfter(int status, string reason, string header) => Of(
        status,
        "application/json",
        $$$"""{"error":{"code":{{{status}}},"message":"said why","errors":[{"message":"said why","reason":"{{{reason}}}"}]}}""",
        $"Retry-After: {header}\r\n");

    /// <summary>An object's content, of which the last bytes can be missing: the connection breaks off before them.</summary>
    internal static Answer Content(byte[] content, int missing = 0) => new($"{content.Length} bytes without {missing}", async (_, stream, stop) =>
    {
        var head = $"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: {content.Length}\r\n\r\n";
        await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. content[..^missing]], stop);
        return missing == 0;
    });

    /// <summary>Where the bytes of an upload are to be sent.</summary>
    internal static Answer Session(string address) => Of(200, "application/json", "", $"Location: {address}\r\n");

    /// <summary>More bytes are wanted after the first <paramref name="received"/> (https://cloud.google.com/bigquery/docs/reference/api-uploads).</summary>
    internal static Answer Incomplete(long received) =>
        Of(308, "text/plain", "", received > 0 ? $"Range: bytes=0-{received - 1}\r\n" : "");

    /// <summary>This answer once a task is done.</summary>
    internal Answer After(Task ready) => new($"{name}, later", async (socket, stream, stop) =>
    {
        await ready.WaitAsync(stop);
        return await SendAsync(socket, stream, stop);
    });

    private static Answer Of(int status, string contentType, string body, string headers = "") => new($"{status} {body}", async (_, stream, stop) =>
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = $"HTTP/1.1 {status} X\r\nContent-Type: {contentType}\r\nContent-Length: {bytes.Length}\r\n{headers}\r\n";
        await stream.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. bytes], stop);
        return true;
    });
}
