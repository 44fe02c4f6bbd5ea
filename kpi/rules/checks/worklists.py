"""The word lists that tell what makes work of a name."""

from kpi.rules.registry import Params, WordList


class Work(Params):
    """`effects`: verbs that promise an effect (提高); `tasks`: verbs that are nouns too (保障); `adverbs` may stand
    before either. `ways`: how a thing is done (按照…), at the beginning; 对 there and one of `doings` further on
    (对…进行…), or 为 and one of `givings`, make a sentence of it, of `sentence` characters at least. `demands` are
    no names of costs, whatever the amount (控制在…); `openers` begin what is done: a task among the costs where no
    money is stated, and in the first of several clauses anywhere; `unsure` ones begin nouns, too (组织样本), and make
    work of an output's name only where it ends in one of `objects` or `deeds`. `deeds` end what is done (培训): no
    measure where the value is no more than one of `done`, or all of it (100%); with one of `manners` right before it
    (及时|维修) it is a share of what is done well; `finishes` are such ends under 时效 (完工). `errands` begin what
    somebody was told to do (狠抓); `spent_on` end what money under 成本 is spent on, which is no cost."""

    adverbs: WordList
    effects: WordList
    tasks: WordList
    ways: WordList
    doings: WordList
    givings: WordList = "task-givings"
    demands: WordList
    openers: WordList
    unsure: WordList
    objects: WordList
    compounds: WordList
    measures: WordList
    deeds: WordList
    done: WordList
    manners: WordList
    finishes: WordList = "finish-endings"
    errands: WordList = "errands"
    spent_on: WordList = "cost-deeds"
    wishes: WordList = "timed-wishes"
    sentence: int = 10
