using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;
using PixelPipeline.Local.LoadBalancer;
using PixelPipeline.Local.Tests.AccessLog;
using PixelPipeline.Local.Tests.Support;

namespace PixelPipeline.Local.Tests.LoadBalancer;

/// <summary>A load balancer on a free port with an access log of its own.</summary>
internal sealed class RunningLoadBalancer : IAsyncDisposable
{
    private readonly OpenAccessLog _log;
    private LoadBalancerServer _server = null!;

    private RunningLoadBalancer(OpenAccessLog log) => _log = log;

    public HttpClient Http { get; private set; } = null!;

    public int Port => _server.Port;

    public Uri PixelUrl => _server.PixelUrl;

    public JsonNode[] Entries =>
        [.. string.Concat(_log.Contents).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];

    public static async Task<RunningLoadBalancer> StartAsync(
        FailingDisk? disk = null, ShiftedTime? time = null, Action<WebApplication>? claim = null, string pixelPath = "/pixel.png")
    {
        var running = new RunningLoadBalancer(new OpenAccessLog(time: time, disk: disk));
        running._server = await LoadBalancerServer.StartAsync(
            new LoadBalancerOptions { Port = 0, PixelPath = pixelPath },
            running._log.Writer,
            running._log.Time,
            NullLoggerFactory.Instance,
            claim);
        running.Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{running.Port}") };
        return running;
    }

    /// <summary>Sends bytes as they are, each character one byte, and gives all that comes back until the connection is closed.</summary>
    public async Task<byte[]> SendRawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer);
        return answer.ToArray();
    }

    /// <summary>The status line that answers a GET with exactly this target.</summary>
    public async Task<string> GetRawAsync(string target, string moreHeaders = "")
    {
        var answer = await SendRawAsync($"GET {target} HTTP/1.1\r\nHost: localhost:{Port}\r\n{moreHeaders}Connection: close\r\n\r\n");
        return Encoding.Latin1.GetString(answer).Split("\r\n")[0];
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        await _log.DisposeAsync();
    }
}
