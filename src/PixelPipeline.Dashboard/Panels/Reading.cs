using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>One reading of all panels, with what several of them get of one answer.</summary>
internal sealed class Reading
{
    private readonly Lazy<Task<Answer>> _lists;

    /// <summary>Nothing is asked before a panel wants it.</summary>
    public Reading(IAnswers answers, Asking asking, CancellationToken cancellationToken)
    {
        (Answers, Asking) = (answers, asking);
        _lists = new(() => answers.AskAsync(ListPanel.AskAll(asking, Panel.All.OfType<ListPanel>().Where(p => p.IsFor(asking))), cancellationToken));
    }

    /// <summary>BigQuery.</summary>
    public IAnswers Answers { get; }

    /// <summary>What is asked for.</summary>
    public Asking Asking { get; }

    /// <summary>The rows of all lists, of one scan.</summary>
    public Task<Answer> Lists => _lists.Value;
}
