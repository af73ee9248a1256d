using System.Collections.Concurrent;
using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>
/// What was answered about the days of a view that are over, so that while nothing comes to them a reading asks for the open
/// days alone: the fewer bytes BigQuery bills, the less a page costs that is kept open.
/// </summary>
/// <param name="open">The days that are not over; null where nothing is to be kept.</param>
internal sealed class ClosedDays(OpenDays? open)
{
    private readonly ConcurrentDictionary<SummedQuestion, Answer> _over = new();

    /// <summary>The days that are not over; null where nothing is kept.</summary>
    public OpenDays? Open => open;

    /// <summary>The whole answer to a question.</summary>
    /// <param name="answers">BigQuery.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="asking">The period, which is the same for as long as this is used.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Answer> AskAsync(IAnswers answers, SummedQuestion question, Asking asking, CancellationToken cancellationToken)
    {
        if (Open is null)
        {
            return await answers.AskAsync(question.Ask(asking), cancellationToken);
        }

        var isKept = _over.TryGetValue(question, out var over);
        var answer = await answers.AskAsync(question.Ask(asking with { Open = Open, OnlyOpen = isKept }), cancellationToken);
        over ??= _over[question] = Of(answer, isOpen: false);
        return await question.AddAsync(over, Of(answer, isOpen: true), asking, q => answers.AskAsync(q, cancellationToken));
    }

    private static Answer Of(Answer answer, bool isOpen) =>
        new([.. answer.Columns.Skip(1)], [.. answer.Rows.Where(r => (bool)r[0]! == isOpen).Select(r => r.Skip(1).ToList())]);
}
