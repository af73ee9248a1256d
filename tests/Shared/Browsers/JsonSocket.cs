using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PixelPipeline.Testing;

/// <summary>Calls over a web socket: what both browsers' protocols have in common.</summary>
internal sealed class JsonSocket : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private int _calls;

    /// <summary>Told of what the browser says unasked, while an answer is waited for.</summary>
    public Action<JsonNode> Told { get; set; } = _ => { };

    public static async Task<JsonSocket> ConnectAsync(string url)
    {
        var socket = new JsonSocket();
        await socket._socket.ConnectAsync(new Uri(url), CancellationToken.None).WaitAsync(Patience);
        return socket;
    }

    /// <summary>The answer to one call.</summary>
    public async Task<JsonNode> CallAsync(string method, JsonObject parameters)
    {
        using var patience = new CancellationTokenSource(Patience);
        var id = ++_calls;
        var call = JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters });
        await _socket.SendAsync(call, WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        while (true)
        {
            var message = await ReceiveAsync(patience.Token);
            if ((int?)message["id"] == id)
            {
                return message["result"] ?? throw new InvalidOperationException($"{method}: {message.ToJsonString()}");
            }

            Told(message);
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<JsonNode> ReceiveAsync(CancellationToken cancellationToken)
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 * 1024];
        WebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer, cancellationToken);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(message.ToArray())!;
    }
}
