using PixelPipeline.Forgetting;

namespace PixelPipeline.Privacy.Lists;

/// <summary>Where it is kept who was forgotten: a closed family of a file, on one machine, and a table beside the events.</summary>
public abstract class ForgetList
{
    private protected ForgetList()
    {
    }

    /// <summary>The lines; none where nobody was ever forgotten.</summary>
    /// <exception cref="ForgetListException">The list cannot be read: without it, nobody knows who must not come back.</exception>
    public abstract Task<IReadOnlyList<ForgottenUser>> LinesAsync(CancellationToken cancellationToken);

    /// <summary>Adds a line, on the disk once this completes.</summary>
    /// <exception cref="ForgetListException">The list cannot be written.</exception>
    protected abstract Task AppendAsync(ForgottenUser line, CancellationToken cancellationToken);

    /// <summary>Who is on the list.</summary>
    /// <exception cref="ForgetListException">The list cannot be read.</exception>
    public async Task<ForgottenUsers> ReadAsync(CancellationToken cancellationToken) => new(await LinesAsync(cancellationToken));

    /// <summary>Puts a person on the list, unless it has them.</summary>
    /// <returns>The person's line.</returns>
    /// <exception cref="ForgetListException">The list cannot be read or written.</exception>
    public async Task<ForgottenUser> AddAsync(Person person, DateTime now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        var lines = await LinesAsync(cancellationToken);
        if (lines.FirstOrDefault(l => l.Hash.Span.SequenceEqual(ForgottenUser.HashOf(person.Id, l.Key.Span))) is { } there)
        {
            return there;
        }

        var line = ForgottenUser.Of(person.Id, lines.Count > 0 ? lines[0].Key : null, now);
        await AppendAsync(line, cancellationToken);
        return line;
    }
}
