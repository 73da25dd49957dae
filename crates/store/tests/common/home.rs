//! One computer with one list, and what is seen there.

use rota_model::id::{EntityId, SpaceId};
use rota_model::payload::SpaceKind;
use rota_store::{Page, TaskFilter, TaskView};

use super::{Computer, id, new_list, new_task};

pub const LIST: u64 = 50;

pub fn home() -> (Computer, SpaceId) {
    let computer = Computer::fast(1);
    let space = computer.found(SpaceKind::Mine);
    computer
        .write(space, 1, new_list(id(LIST), "Home", "a0"))
        .unwrap();
    (computer, space)
}

pub fn add(computer: &Computer, space: SpaceId, number: u64, title: &str, order: &str) -> EntityId {
    computer
        .write(space, 2, new_task(id(number), id(LIST), title, order))
        .unwrap();
    id(number)
}

pub fn page(computer: &Computer, filter: &TaskFilter, page: Page) -> (u64, Vec<TaskView>) {
    let page = computer
        .store
        .read(|reader| reader.tasks(filter, page))
        .unwrap();
    (page.total, page.tasks)
}

pub fn titles(computer: &Computer, filter: &TaskFilter) -> Vec<String> {
    let (total, tasks) = page(computer, filter, Page::default());
    assert_eq!(total, tasks.len() as u64);
    tasks.into_iter().map(|task| task.title).collect()
}

pub fn open(computer: &Computer) -> Vec<String> {
    titles(computer, &TaskFilter::default())
}

pub fn trash(computer: &Computer) -> Vec<String> {
    titles(
        computer,
        &TaskFilter {
            without_open: true,
            trash: true,
            ..TaskFilter::default()
        },
    )
}

pub fn find(computer: &Computer, typed: &str) -> Vec<String> {
    titles(
        computer,
        &TaskFilter {
            search: Some(typed.into()),
            ..TaskFilter::default()
        },
    )
}
