using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PixelPipeline.Local.PubSub;

/// <summary>The dead letters that an operator asked to be delivered again, as the running subscription takes them on.</summary>
internal sealed class RedeliveryRequests(DeadLetterStore store, ILogger log)
{
    private readonly ConcurrentDictionary<string, bool> _taken = new();

    /// <summary>The ids of requests that were not taken on yet.</summary>
    public IEnumerable<string> New() => store.Requests().Where(id => !_taken.ContainsKey(id));

    /// <summary>Takes a request on; null where there is nothing in it to deliver.</summary>
    public Message? Take(string messageId)
    {
        try
        {
            if (store.ReadRequest(messageId) is not { } letter)
            {
                return null;
            }

            _taken[messageId] = true;
            var position = new SavedPosition(letter.Segment, letter.Offset).ToPosition();
            return new Message { Id = messageId, Position = position, IsRedelivery = true };
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            _taken[messageId] = true; // told once; the file stays for someone to look at
            log.LogError(e, "Message {MessageId} cannot be delivered again: its file is no dead letter", messageId);
            return null;
        }
    }

    /// <summary>Notes how a redelivery ended.</summary>
    public void Finish(Message message, DeliveryEnd end)
    {
        if (end == DeliveryEnd.Acknowledged)
        {
            store.CompleteRequest(message.Id);
        }

        _taken.TryRemove(message.Id, out _);
    }
}
