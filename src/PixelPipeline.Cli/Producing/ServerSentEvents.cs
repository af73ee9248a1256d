using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using PixelPipeline.Cli.Urls;

namespace PixelPipeline.Cli.Producing;

/// <summary>
/// Follows a stream of server-sent events whose data are JSON objects, over disconnects: it resumes behind the last
/// event that came, passes over what is repeated or malformed, and ends when the stream says so or stays away.
/// </summary>
/// <seealso href="https://html.spec.whatwg.org/multipage/server-sent-events.html"/>
internal sealed class ServerSentEvents : IDisposable
{
    /// <summary>So many connections in a row without one event, and the stream counts as gone.</summary>
    private const int MaxEmptyConnections = 5;

    private const int RememberedIds = 10_000;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Uri _stream;
    private readonly JsonFields _fields;
    private readonly ProduceStatistics _statistics;
    private readonly TimeSpan _idle;
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly HashSet<string> _seen = [];
    private readonly Queue<string> _seenInOrder = [];
    private string _lastId = "";
    private string _lastEnd = "";
    private TimeSpan _pause;

    /// <summary>A follower that connects once its events are asked for.</summary>
    /// <param name="stream">Its URL.</param>
    /// <param name="fields">What is taken of each event's data.</param>
    /// <param name="idle">Silence this long counts as a disconnect.</param>
    /// <param name="statistics">Is told of what is malformed.</param>
    /// <param name="pause">Before a further connection, until the stream asks for another.</param>
    public ServerSentEvents(Uri stream, JsonFields fields, TimeSpan idle, ProduceStatistics statistics, TimeSpan pause)
    {
        _pause = pause;
        _stream = stream;
        _fields = fields;
        _idle = idle;
        _statistics = statistics;
    }

    /// <summary>The events as they come.</summary>
    /// <exception cref="CommandException">The stream does not come (back).</exception>
    public async IAsyncEnumerable<ProducedEvent> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var empty = 0; empty < MaxEmptyConnections; empty++)
        {
            if (empty > 0 || _lastId.Length > 0)
            {
                await Task.Delay(_pause < LongestPause ? _pause : LongestPause, cancellationToken);
            }

            var connection = ReadConnectionAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using (connection)
            {
                while (await NextAsync(connection, cancellationToken) is { } read)
                {
                    if (read.IsEnd)
                    {
                        yield break;
                    }

                    empty = -1;
                    if (read.Event is { } produced)
                    {
                        yield return produced;
                    }
                }
            }
        }

        throw new CommandException($"{HttpUrl.ToText(_stream)} gives no events: {MaxEmptyConnections} connections in a row brought none. The last: {_lastEnd}");
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The next item, or null where the connection ended, in whatever way.</summary>
    private async Task<Item?> NextAsync(IAsyncEnumerator<Item> connection, CancellationToken cancellationToken)
    {
        try
        {
            _lastEnd = "it ended.";
            return await connection.MoveNextAsync() ? connection.Current : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _lastEnd = "it was silent for longer than --idle.";
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TimeoutException)
        {
            _lastEnd = e.Message;
            return null;
        }
    }

    private async IAsyncEnumerable<Item> ReadConnectionAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _stream);
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        request.Headers.TryAddWithoutValidation("User-Agent", EventTarget.OwnUserAgent);
        if (_lastId.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", _lastId);
        }

        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(_idle);
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
        if (answer.StatusCode == HttpStatusCode.NoContent)
        {
            yield return new Item(Event: null, IsEnd: true); // what the standard calls "stop coming"
            yield break;
        }

        answer.EnsureSuccessStatusCode();
        var parser = SseParser.Create(await answer.Content.ReadAsStreamAsync(silence.Token));
        await foreach (var item in parser.EnumerateAsync(silence.Token))
        {
            silence.CancelAfter(_idle);
            _lastId = parser.LastEventId;
            _pause = parser.ReconnectionInterval is { Ticks: >= 0 } asked ? asked : _pause;
            yield return new Item(Read(item.Data, item.EventId), IsEnd: false);
        }
    }

    private ProducedEvent? Read(string data, string? id)
    {
        if (id is { Length: > 0 } && !IsNew(id))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(data);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                return new ProducedEvent(string.IsNullOrEmpty(id) ? null : id, _fields.Read(json.RootElement));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Counted below: it is one event's fault, and the stream goes on.
        }

        _statistics.Malformed();
        return null;
    }

    private bool IsNew(string id)
    {
        if (!_seen.Add(id))
        {
            return false;
        }

        _seenInOrder.Enqueue(id);
        if (_seenInOrder.Count > RememberedIds)
        {
            _seen.Remove(_seenInOrder.Dequeue());
        }

        return true;
    }

    private sealed record Item(ProducedEvent? Event, bool IsEnd);
}
