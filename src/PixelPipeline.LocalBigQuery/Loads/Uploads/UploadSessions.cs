using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Loads.Uploads;

/// <summary>
/// The resumable uploads under way, and the latest that are over, whose clients may have missed the answer. One that
/// nobody goes on with for a day is dropped; all are when the process ends.
/// </summary>
internal sealed class UploadSessions(ScratchFolder folder, TimeProvider time) : IDisposable
{
    private const int OverKept = 200;
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly List<UploadSession> _sessions = []; // the oldest first

    /// <summary>Begins one.</summary>
    public UploadSession Begin(LoadRequest request)
    {
        var session = new UploadSession($"{Guid.NewGuid():N}", request, new UploadFile(folder)) { LastUsed = time.GetUtcNow() };
        lock (_gate)
        {
            Drop(s => s.LastUsed < session.LastUsed - LongestPause);
            var over = _sessions.Count(s => s.IsOver) - OverKept;
            Drop(s => s.IsOver && over-- > 0);
            _sessions.Add(session);
        }

        return session;
    }

    /// <summary>The upload that a client goes on with.</summary>
    /// <exception cref="ApiException">404: there is none, or it was dropped: the client has to begin again.</exception>
    public UploadSession Find(string id)
    {
        lock (_gate)
        {
            var session = _sessions.Find(s => s.Id == id) ?? throw ApiException.NotFound("Upload", RequestJson.Short(id));
            session.LastUsed = time.GetUtcNow();
            return session;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Drop(_ => true);

    private void Drop(Predicate<UploadSession> isDropped)
    {
        var dropped = _sessions.FindAll(isDropped);
        foreach (var session in dropped)
        {
            _sessions.Remove(session);
            session.Dispose();
        }
    }
}
